/** Shows the API's own description. */
const response = await fetch("/openapi.json", { cache: "no-cache" });
const spec = await response.json();

// What is tried out goes to this machine by the name the page was opened with, whatever the issuer is called.
spec.servers = [{ url: location.origin }];

globalThis.SwaggerUIBundle({
  spec,
  domNode: document.querySelector("#docs"),
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // By default it would send the document to a validator on the internet.
  validatorUrl: null,
});
