import type { User } from "@gatehouse/client";
import { type PagePath, paths } from "../paths.ts";
import { usePlace } from "../place.ts";
import { Avatar } from "./avatar.tsx";
import { Link } from "./link.tsx";

const entries: readonly (readonly [PagePath, string])[] = [
  [paths.profile, "Profile"],
  [paths.sessions, "Sessions"],
  [paths.activity, "Activity"],
  [paths.password, "Password"],
  [paths.email, "Email"],
  [paths.export, "Export"],
  [paths.delete, "Delete account"],
];

/** Whose account it is, and its pages. */
export function AccountNav({ user }: { readonly user: User | undefined }) {
  const { path } = usePlace();
  const name = user?.name ?? user?.email ?? "";
  return (
    <nav aria-label="Account">
      <div class="who">
        <Avatar picture={user?.picture ?? null} name={name} />
        <p>
          <strong>{user?.name ?? "Your account"}</strong>
          <span>{user?.email}</span>
        </p>
      </div>
      <ul>
        {entries.map(([to, text]) => (
          <li key={to}>
            <Link to={to} current={to === path}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
