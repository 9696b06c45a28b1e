/** What few conversations need, in one file that is fetched when the first of it is wanted. */
export { ContactForm } from './extras/contact-form.tsx';
export { default as css } from './extras/extras.css?inline';
