import { useState } from "preact/hooks";

interface AvatarProps {
  readonly picture: string | null;
  readonly name: string;
}

/** The picture of a person, which is a foreign file: whoever has it learns nothing of where it is shown. */
export function Avatar({ picture, name }: AvatarProps) {
  const [broken, setBroken] = useState<string>();
  if (picture !== null && picture !== broken) {
    return (
      <img
        class="avatar"
        src={picture}
        alt=""
        width="56"
        height="56"
        referrerpolicy="no-referrer"
        onError={() => setBroken(picture)}
      />
    );
  }
  return (
    <span class="avatar" aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? "?"}
    </span>
  );
}
