import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

const NETWORK = "Only src/api, src/auth, src/realtime and the pages' api and live talk to the network.";

export default ts.config(
  { ignores: ["dist", "src/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...ts.configs.strictTypeChecked, a11y.flatConfigs.strict, hooks.configs.flat["recommended-latest"]],
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true } },
    rules: {
      "react-hooks/exhaustive-deps": "error",
      // `void promise` marks the ones whose outcome is handled elsewhere; numbers in templates are fine.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      // Inline styles are refused by the content security policy's spirit.
      "no-restricted-syntax": ["error", { selector: "JSXAttribute[name.name='style']", message: "No inline styles." }],
      "no-restricted-globals": ["error", { name: "fetch", message: NETWORK }, { name: "WebSocket", message: NETWORK }],
      "no-console": "error",
      // Moves focus where the next step is: the dialogs' and forms' first field.
      "jsx-a11y/no-autofocus": "off",
    },
  },
  {
    files: [
      "src/api/**",
      "src/auth/**",
      "src/realtime/**",
      "src/simulator/**",
      "src/chat/{api,live}.ts",
      "src/pictures/api.ts",
      "src/invite/api.ts",
    ],
    rules: { "no-restricted-globals": "off" },
  },
  { files: ["**/*.{js,mjs}"], languageOptions: { globals: globals.node } },
  { files: ["public/*.js"], languageOptions: { globals: globals.browser } },
  prettier,
);
