"use strict";

// The two readers of the schema, both from this host.
const swagger = document.getElementById("swagger");
if (swagger) {
  SwaggerUIBundle({
    url: swagger.dataset.schema,
    domNode: swagger,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    displayRequestDuration: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      if (request.method && request.method !== "GET") request.headers["X-CSRFToken"] = swagger.dataset.csrf;
      return request;
    },
  });
}

const redoc = document.getElementById("redoc");
if (redoc) Redoc.init(redoc.dataset.schema, { disableSearch: true, hideDownloadButton: false }, redoc);
