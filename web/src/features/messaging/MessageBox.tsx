import { AlarmClock, MessageSquareText, SendHorizontal } from "lucide-react";
import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

import type { Credits } from "../../api/types";
import { creditWords } from "../../creditWords";
import { Button, IconButton } from "../../design/Button";
import { classes } from "../../design/classes";
import { BODY_LIMIT, segmentsOf } from "../../domain/segments";
import { useDroppedFiles } from "../../hooks/useDroppedFiles";
import { strings } from "../../strings";
import { textWords } from "../../textWords";
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
  /** What segments cost and what there is, where the store needs credits. */
  credits?: Credits | undefined;
  /** Opens what is prepared to be sent; typing "/" into the empty box does, too. */
  onTexts?: () => void;
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

/** A text and what it costs to send: characters, segments, credits (X12, L3, L14). Enter sends. */
export function MessageBox({
  text,
  onChange,
  onSend,
  onLater,
  onTexts,
  placeholder,
  limit = BODY_LIMIT,
  sentAs = (typed) => typed,
  isPending = false,
  rows = 1,
  hasSegments = true,
  credits,
  attaching,
  autoFocus,
}: MessageBoxProps) {
  const foot = useId();
  const box = useRef<HTMLDivElement>(null);
  useDroppedFiles(box, attaching?.onFiles);
  const typed = text.trim();
  const { characters, segments, encoding } = segmentsOf(typed === "" && !attaching ? "" : sentAs(typed));
  const over = segmentsOf(typed).characters - limit;
  const pictures = attaching?.count ?? 0;
  const cost = hasSegments && credits ? Math.max(1, segments) * credits.per_segment : 0;
  const tooFew = credits !== undefined && cost > credits.balance;
  const canSend =
    !tooFew && (characters > 0 || pictures > 0) && over <= 0 && (attaching?.isReady ?? true) && !isPending;
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
        onChange={({ target }) => (onTexts && text === "" && target.value === "/" ? onTexts() : onChange(target.value))}
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
          {credits && hasSegments && (tooFew || characters > 0) && (
            <span data-testid="credits" className={classes(tooFew && css.over)}>
              {tooFew ? creditWords.tooFew(credits.balance) : creditWords.cost(cost, credits.balance)}
            </span>
          )}
          {hasSegments && encoding === "ucs2" && <span className={css.unicode}>{words.unicode}</span>}
        </p>
        <div className={css.buttons}>
          {attaching?.button}
          {onTexts && (
            <IconButton label={textWords.open} size="small" aria-haspopup="dialog" onPress={onTexts}>
              <MessageSquareText size={17} aria-hidden="true" />
            </IconButton>
          )}
          {onLater && !tooFew && (
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
          {!tooFew && (
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
          )}
        </div>
      </div>
    </div>
  );
}
