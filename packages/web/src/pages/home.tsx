import { Lead } from "../parts/lead.tsx";
import { paths } from "../paths.ts";

/** The front door leads whoever is logged in to their profile; everybody else has been led to log-in. */
export function Home() {
  return <Lead to={paths.profile} />;
}
