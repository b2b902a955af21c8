// What the main process may take from a page, or put into it.

/** Runs code in the page's own world and answers its value; what it throws is thrown here. */
export async function evaluateInPage(contents, expression) {
  const { result, exceptionDetails } = await contents.doubleSend('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Code that adds a style sheet to a page. */
export const styleSheetCode = (css) =>
  `document.adoptedStyleSheets.push(new CSSStyleSheet());
   document.adoptedStyleSheets.at(-1).replaceSync(${JSON.stringify(css)})`;

/** A picture of the page, with as much of NativeImage as is honest. */
export async function capturePage(contents) {
  const { data } = await contents.doubleSend('Page.captureScreenshot', {});
  const png = Buffer.from(data, 'base64');
  return { toPNG: () => png, isEmpty: () => png.length === 0 };
}

/** The page as a PDF file. */
export async function printToPdf(contents) {
  const { data } = await contents.doubleSend('Page.printToPDF', { printBackground: true });
  return Buffer.from(data, 'base64');
}
