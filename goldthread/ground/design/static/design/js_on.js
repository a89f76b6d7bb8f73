// Marks the document as having JavaScript before anything is drawn, so that nothing jumps, and keeps a covered screen
// covered on the next page. Not a module: modules wait until the page is drawn.
document.documentElement.classList.add("gt-js");
// Signing in again happens in a box of the page it interrupts: there only the form is wanted.
if (window.self !== window.top) document.documentElement.classList.add("gt-framed");
try {
  if (sessionStorage.getItem("gt-covered") === "yes") document.documentElement.classList.add("gt-covered");
} catch {
  // Storage may be refused; the screen is then covered page by page.
}
