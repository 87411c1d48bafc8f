import { Check, RotateCw, TriangleAlert, X } from "lucide-react";

import { useAccount } from "../../data/account";
import { IconButton } from "../../design/Button";
import type { Picture } from "../../outbox/pictures";
import { strings } from "../../strings";
import css from "./PictureTray.module.css";

const words = strings.pictures;

interface PictureTrayProps {
  pictures: readonly Picture[];
  limit: number;
  /** Said below them, if nothing is wrong. */
  note: string | null;
}

/** What is attached, as it will go out: each with how far it is, or why it cannot be sent (N20). */
export function PictureTray({ pictures, limit, note }: PictureTrayProps) {
  if (pictures.length === 0) return null;
  const tooMany = pictures.length > limit;
  return (
    <div className={css.tray}>
      <ul className={css.list} aria-label={words.list}>
        {pictures.map((picture, index) => (
          <Tile key={picture.key} picture={picture} name={words.picture(index + 1, pictures.length)} />
        ))}
      </ul>
      {tooMany && (
        <p className={css.wrong} role="alert">
          {words.tooMany(limit)}
        </p>
      )}
      {!tooMany && note !== null && <p className={css.note}>{note}</p>}
    </div>
  );
}

function Tile({ picture, name }: { picture: Picture; name: string }) {
  const { pictures } = useAccount();
  const { key, state, local, thumbnail, progress } = picture;
  const said = { uploading: words.uploading(progress), checking: words.checking, ready: words.ready, refused: "" }[
    state
  ];
  return (
    <li className={css.tile} data-state={state} data-testid="attached">
      {state === "refused" ? (
        <p className={css.refused} role="alert">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{picture.refusal}</span>
        </p>
      ) : (
        <img
          className={css.image}
          src={thumbnail ?? local}
          alt={name}
          // What the server made of it; this device's own file only if that cannot be shown.
          onLoad={() => state === "ready" && pictures.shown(key)}
          onError={(event) => thumbnail !== null && event.currentTarget.setAttribute("src", local)}
        />
      )}
      {(state === "uploading" || state === "checking") && (
        <progress className={css.progress} aria-label={name} {...(state === "uploading" ? { value: progress } : {})} />
      )}
      {state === "ready" && (
        <span className={css.ready}>
          <Check size={12} aria-hidden="true" />
        </span>
      )}
      <span className={css.said} role="status">
        {said === "" ? "" : `${name}: ${said}`}
      </span>
      <div className={css.tools}>
        {picture.canRetry && (
          <IconButton
            size="small"
            label={words.retry(name)}
            onPress={() => pictures.retry(key)}
            className={css.tool ?? ""}
          >
            <RotateCw size={14} aria-hidden="true" />
          </IconButton>
        )}
        <IconButton
          size="small"
          label={words.remove(name)}
          onPress={() => pictures.remove(key)}
          className={css.tool ?? ""}
        >
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  );
}
