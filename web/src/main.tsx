import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { loadConfig } from "./api/config";
import { App } from "./app/App";
import { StartFailure } from "./app/Failure";
import { Cognito } from "./auth/cognito";
import { Session } from "./auth/session";
import { TokenStore } from "./auth/tokenStore";
import "./design/design.css";

const container = document.getElementById("root");
if (!container) throw new Error("no #root");
const root = createRoot(container);

async function start(): Promise<void> {
  const config = await loadConfig();
  const cognito = new Cognito(config.auth.endpoint, config.auth.client_id);
  const session = new Session(cognito, new TokenStore(sessionStorage, localStorage));
  window.addEventListener("storage", () => session.followOtherTab());
  root.render(
    <StrictMode>
      <App config={config} session={session} />
    </StrictMode>,
  );
}

start().catch(() => root.render(<StartFailure />));
