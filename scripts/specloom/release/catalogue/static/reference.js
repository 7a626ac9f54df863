// The reference: Swagger UI shows the spec that the page holds. Nothing is sent from here.

"use strict";

(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();
  window.SwaggerUIBundle({
    spec: JSON.parse(document.getElementById("spec").textContent),
    dom_id: "#reference",
    presets: [window.SwaggerUIBundle.presets.apis],
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    defaultModelExpandDepth: 4,
    showExtensions: true,
    showCommonExtensions: true,
    supportedSubmitMethods: [],
    validatorUrl: null,
  });
})();
