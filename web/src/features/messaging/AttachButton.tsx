import { ImagePlus } from "lucide-react";
import { useRef } from "react";

import { IconButton } from "../../design/Button";
import { strings } from "../../strings";
import css from "./MessageBox.module.css";

/** Chooses pictures; on a phone the camera is among the places to take them from. */
export function AttachButton({ onFiles, several }: { onFiles: (files: File[]) => void; several: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        className={css.file}
        type="file"
        accept="image/*"
        multiple={several}
        tabIndex={-1}
        aria-hidden="true"
        data-testid="attach-input"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = ""; // the same file can be chosen again
        }}
      />
      <IconButton size="small" label={strings.pictures.attach} onPress={() => input.current?.click()}>
        <ImagePlus size={18} aria-hidden="true" />
      </IconButton>
    </>
  );
}
