// Swagger UI on the page of the API, in the colours that the reader's system asks for.
const place = document.getElementById("calls");
const isDark = matchMedia("(prefers-color-scheme: dark)");
const followScheme = () => document.documentElement.classList.toggle("dark-mode", isDark.matches);

followScheme();
isDark.addEventListener("change", followScheme);

SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayOperationId: true,
  // By default it asks another site whether the document is good.
  validatorUrl: null,
});
