// The document is the page's neighbour. Keys typed in are kept for as long as the page is open.
window.ui = SwaggerUIBundle({
  url: "doc",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
