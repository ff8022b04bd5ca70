import { Card } from "../parts/card.tsx";
import { Link } from "../parts/link.tsx";
import { paths } from "../paths.ts";

export function NotFound() {
  return (
    <Card title="There is no such page" lead="The address may be old, or mistyped.">
      <Link to={paths.home}>To the start</Link>
    </Card>
  );
}
