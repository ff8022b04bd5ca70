import { render } from "preact";
import { App } from "./app.tsx";
import { takeLinkToken } from "./link-token.ts";
import "./style.css";

takeLinkToken();
addEventListener("hashchange", takeLinkToken);

const root = document.querySelector("#app");
if (root) render(<App />, root);
