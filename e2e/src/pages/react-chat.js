/** A page that adds the widget in an effect, as React applications do. In StrictMode the effect runs, is undone and runs again. */
import { createElement, StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');

function Chat() {
  useEffect(() => {
    window.firstword ??= (...call) => {
      window.firstword.q ??= [];
      window.firstword.q.push(call);
    };
    const script = document.createElement('script');
    script.async = true;
    script.src = root.dataset.widget;
    script.dataset.site = 'acme';
    document.body.append(script);
    return () => {
      window.firstword('shutdown');
      script.remove();
    };
  }, []);
  return null;
}

createRoot(root).render(createElement(StrictMode, null, createElement(Chat)));
