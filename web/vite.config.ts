import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    // The content security policy allows nothing inline: no data: fonts, scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        app: "index.html",
        chat: "chat.html",
        pictures: "pictures.html",
        invite: "invite.html",
        simulator: "simulator.html",
      },
    },
  },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
  test: { environment: "node", include: ["src/**/*.test.ts"], restoreMocks: true },
});
