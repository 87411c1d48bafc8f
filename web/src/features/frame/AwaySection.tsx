import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";

import { ApiError } from "../../api/errors";
import type { AbsenceState, GoAway } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { useAbsence } from "../../data/queries";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { showToast } from "../../design/toasts";
import { fromField, toField } from "../../domain/localTime";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import css from "./AwaySection.module.css";

const words = strings.nav.away;
const LONGEST = 480;
const here = { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };

/** The away switch with one's own answer (H1). */
export default function AwaySection() {
  const absence = useAbsence();
  const heading = useId();
  return (
    <section className={css.section} aria-labelledby={heading}>
      <h3 id={heading} className={css.heading}>
        {words.heading}
        {absence.data?.away === true && <Badge tone="warning">{words.on}</Badge>}
      </h3>
      <p className={css.muted}>{words.lead}</p>
      {absence.isPending && <SkeletonRows label={words.loading} count={1} avatar={false} />}
      {absence.isError && !absence.data && <LoadFailure error={absence.error} retry={() => void absence.refetch()} />}
      {absence.data && <Switch key={String(absence.data.since)} now={absence.data} />}
    </section>
  );
}

/** The form; `now` is how it stands. */
function Switch({ now }: { now: AbsenceState }) {
  const { begin, end } = useSwitch();
  const [answer, setAnswer] = useState(now.answer);
  const [until, setUntil] = useState(now.until === null ? "" : toField(now.until));
  const [wrong, setWrong] = useState("");
  const field = useId();
  const save = () => {
    const instant = fromField(until);
    if (instant !== null && instant <= Date.now()) return setWrong(words.past);
    setWrong("");
    begin.mutate({ answer: answer.trim(), until: instant }, { onError: (error) => setWrong(refusal(error)) });
  };
  return (
    <>
      {now.away && <p>{now.until === null ? words.open : words.since(dateAndTime(now.until, here))}</p>}
      <label className={css.label} htmlFor={`${field}-answer`}>
        {words.answer}
      </label>
      <textarea
        id={`${field}-answer`}
        className={css.input}
        rows={3}
        maxLength={LONGEST}
        placeholder={words.placeholder}
        value={answer}
        dir="auto"
        onChange={(event) => setAnswer(event.target.value)}
      />
      <label className={css.label} htmlFor={`${field}-until`}>
        {words.until}
      </label>
      <input
        id={`${field}-until`}
        className={css.input}
        type="datetime-local"
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
      {wrong !== "" && (
        <p className={css.wrong} role="alert">
          {wrong}
        </p>
      )}
      <div className={css.actions}>
        <Button variant="primary" onPress={save} isDisabled={answer.trim() === ""} isPending={begin.isPending}>
          {now.away ? words.change : words.begin}
        </Button>
        {now.away && (
          <Button onPress={() => end.mutate()} isPending={end.isPending}>
            {words.end}
          </Button>
        )}
      </div>
      <p className={css.muted}>{words.within}</p>
    </>
  );
}

function refusal(error: unknown): string {
  return error instanceof ApiError && error.code === "invalid_input" ? words.keyword : explain(error);
}

function useSwitch() {
  const { api, queries } = useAccount();
  const refresh = () => void queries.invalidateQueries({ queryKey: keys.allColleagues });
  const begin = useMutation({
    mutationFn: (body: GoAway) => api.goAway(body),
    onSuccess: (state) => {
      queries.setQueryData(keys.absence, state);
      refresh();
    },
  });
  const end = useMutation({
    mutationFn: () => api.comeBack(),
    onSuccess: () => {
      queries.setQueryData(keys.absence, { away: false, answer: "", since: null, until: null });
      refresh();
    },
    onError: (error) => showToast(explain(error), { tone: "danger" }),
  });
  return { begin, end };
}
