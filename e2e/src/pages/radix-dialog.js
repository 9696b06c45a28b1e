/** A page with an open Radix dialog: modal, with a focus trap. */
import * as Dialog from '@radix-ui/react-dialog';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const content = createElement(
  Dialog.Content,
  { 'aria-describedby': undefined },
  createElement(Dialog.Title, null, 'Sign up'),
  createElement('input', { id: 'field' }),
);
createRoot(document.getElementById('root')).render(
  createElement(Dialog.Root, { defaultOpen: true }, createElement(Dialog.Portal, null, content)),
);
