/** Removes credentials from everything that is printed or logged. */

const SECRET_NAME = /key|secret|token|passw|pwd/i;
/** Up to the last @, because an unencoded password may contain one. */
const URL_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^\s"'<>]*@/gi;
const SECRET_PARAMETER = /([?&;][\w-]*(?:key|secret|token|passw|pwd|sig)[\w-]*=)[^&\s"'<>#]+/gi;

/** Whether a setting of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Hides the credentials of every URL in a text, such as an error message. */
export function hideSecrets(text: string): string {
  return text.replace(URL_CREDENTIALS, '$1***@').replace(SECRET_PARAMETER, '$1***');
}

/** An address fit to be printed, also when it is malformed: without its user, password and secret parameters. */
export function shownUrl(address: string): string {
  // An address that is malformed may contain spaces, where a text would end the address.
  const hidden = hideSecrets(address.replace(/^([a-z][a-z0-9+.-]*:\/\/).*@/is, '$1***@'));
  return hidden.includes('://') ? hidden : hidden.replace(/^.*@/s, '***@');
}
