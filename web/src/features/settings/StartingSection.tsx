import { useId, useState } from "react";

import type { StoreSettings, StoreView, WayView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { Button } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import css from "./StartingSection.module.css";
import { useChangeSettings, useStoreSettings } from "./queries";
import { SectionHeading } from "./SectionHeading";
import { words as all } from "./words";

const words = all.starting;

/** How customers learn of conversations that the store starts (D15, D16): chosen by managers, with what customers get. */
export function StartingSection({ store }: { store: StoreView }) {
  const settings = useStoreSettings(store.id);
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      {settings.isPending && <SkeletonRows count={4} label={words.loading} avatar={false} />}
      {settings.isError && !settings.data && (
        <LoadFailure error={settings.error} retry={() => void settings.refetch()} />
      )}
      {settings.data && <Choose key={settings.data.chat_link} storeId={store.id} of={settings.data} />}
    </>
  );
}

function Choose({ storeId, of }: { storeId: string; of: StoreSettings }) {
  const [chosen, setChosen] = useState(of.chat_link);
  const change = useChangeSettings(storeId);
  const save = () => change.mutate({ chat_link: chosen, chat_link_was: of.chat_link });
  return (
    <>
      <fieldset className={css.ways}>
        <legend className="visually-hidden">{words.legend}</legend>
        {of.ways.map((way) => (
          <Way key={way.chat_link} way={way} isChosen={chosen === way.chat_link} onChoose={setChosen} />
        ))}
      </fieldset>
      <p className={css.note}>{words.effect}</p>
      <Button
        variant="primary"
        onPress={save}
        isDisabled={chosen === of.chat_link && !change.isPending}
        isPending={change.isPending}
      >
        {words.save}
      </Button>
    </>
  );
}

interface WayProps {
  way: WayView;
  isChosen: boolean;
  onChoose: (way: WayView["chat_link"]) => void;
}

function Way({ way, isChosen, onChoose }: WayProps) {
  const { name, text } = words.ways[way.chat_link];
  const about = useId();
  return (
    <div className={css.way} data-chosen={isChosen} data-testid="way">
      <label className={css.choice}>
        <input
          type="radio"
          name="chat-link"
          checked={isChosen}
          disabled={!way.available}
          aria-describedby={about}
          onChange={() => onChoose(way.chat_link)}
        />
        {name}
      </label>
      <div id={about} className={css.about}>
        <p>{text}</p>
        {way.mail !== null && <p>{way.available ? words.fallback : words.noMail}</p>}
      </div>
      <dl className={css.example} aria-label={words.example(name)}>
        <dt>{words.asText}</dt>
        <dd>{way.text}</dd>
        {way.mail !== null && (
          <>
            <dt>{words.asMail}</dt>
            <dd>{way.mail}</dd>
          </>
        )}
      </dl>
    </div>
  );
}
