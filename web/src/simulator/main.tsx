import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { ChangingQueries } from "../data/queryClient";
import "../design/design.css";
import { SimulatorPage } from "./SimulatorPage";

const client = new ChangingQueries({ defaultOptions: { queries: { refetchOnWindowFocus: true, retry: 1 } } });
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <SimulatorPage />
      </QueryClientProvider>
    </StrictMode>,
  );
}
