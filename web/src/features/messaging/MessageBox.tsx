import { AlarmClock, SendHorizontal } from "lucide-react";
import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

import { Button, IconButton } from "../../design/Button";
import { classes } from "../../design/classes";
import { BODY_LIMIT, segmentsOf } from "../../domain/segments";
import { useDroppedFiles } from "../../hooks/useDroppedFiles";
import { strings } from "../../strings";
import css from "./MessageBox.module.css";

const words = strings.composer;

interface MessageBoxProps {
  text: string;
  onChange: (text: string) => void;
  /** The text is neither blank nor too long. */
  onSend: () => void;
  /** Likewise, to go out later. Without it, there is no such choice. */
  onLater?: () => void;
  placeholder: string;
  /** How many characters it may have. */
  limit?: number;
  /** What goes out for it; its length and segments are what is shown. */
  sentAs?: (text: string) => string;
  autoFocus?: boolean;
  isPending?: boolean;
  rows?: number;
  /** Whether it costs by segments. */
  hasSegments?: boolean;
  /** Takes pictures: what is attached, and whether it can go out. */
  attaching?: Attaching;
}

export interface Attaching {
  tray: ReactNode;
  button: ReactNode;
  count: number;
  /** All of them can be sent. */
  isReady: boolean;
  onFiles: (files: File[]) => void;
}

/** A text and what it costs to send: characters and segments (X12). Enter sends. */
export function MessageBox({
  text,
  onChange,
  onSend,
  onLater,
  placeholder,
  limit = BODY_LIMIT,
  sentAs = (typed) => typed,
  isPending = false,
  rows = 1,
  hasSegments = true,
  attaching,
  autoFocus,
}: MessageBoxProps) {
  const foot = useId();
  const box = useRef<HTMLDivElement>(null);
  useDroppedFiles(box, attaching?.onFiles);
  const typed = text.trim();
  const { characters, segments, encoding } = segmentsOf(typed === "" ? "" : sentAs(typed));
  const over = segmentsOf(typed).characters - limit;
  const pictures = attaching?.count ?? 0;
  const canSend = (characters > 0 || pictures > 0) && over <= 0 && (attaching?.isReady ?? true) && !isPending;
  const keyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter only accepts the word.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (canSend) onSend();
  };
  return (
    <div ref={box} className={css.box}>
      {attaching?.tray}
      <textarea
        className={css.text}
        aria-label={words.label}
        aria-describedby={foot}
        aria-invalid={over > 0}
        placeholder={placeholder}
        rows={rows}
        value={text}
        dir="auto"
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={keyDown}
      />
      <div className={css.foot}>
        <p id={foot} className={css.counter}>
          {characters === 0 ? (
            <span className={css.hint}>{words.hint}</span>
          ) : (
            <span data-testid="segments" className={classes(over > 0 && css.over)}>
              {over > 0
                ? words.tooLong(over)
                : hasSegments
                  ? words.counter(characters, segments)
                  : words.characters(characters)}
            </span>
          )}
          {hasSegments && encoding === "ucs2" && <span className={css.unicode}>{words.unicode}</span>}
        </p>
        <div className={css.buttons}>
          {attaching?.button}
          {onLater && (
            <IconButton
              label={strings.later.open}
              size="small"
              aria-haspopup="dialog"
              onPress={onLater}
              isDisabled={!canSend}
            >
              <AlarmClock size={17} aria-hidden="true" />
            </IconButton>
          )}
          <Button
            variant="primary"
            size="small"
            onPress={onSend}
            isDisabled={!canSend && !isPending}
            isPending={isPending}
          >
            {strings.common.send}
            {!isPending && <SendHorizontal size={15} aria-hidden="true" />}
          </Button>
        </div>
      </div>
    </div>
  );
}
