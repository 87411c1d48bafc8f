import { useState, type SyntheticEvent } from "react";

import type { MerchantPhone as Phone } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { Button } from "../../design/Button";
import { TextField } from "../../design/Field";
import { SkeletonRows } from "../../design/Skeleton";
import css from "./MerchantPhone.module.css";
import { problemOf, useChangeMerchantPhone, useMerchantPhone } from "./merchantQueries";
import { templateWords } from "./templateWords";

const words = templateWords.merchant;

/** The merchant's own phone, which is told of orders: without one, nobody is (L7). */
export function MerchantPhone({ storeId }: { storeId: string }) {
  const phone = useMerchantPhone(storeId);
  if (phone.data) return <Form key={phone.data.phone} storeId={storeId} of={phone.data} />;
  if (phone.isError) return <LoadFailure error={phone.error} retry={() => void phone.refetch()} />;
  return <SkeletonRows count={1} label={words.loading} avatar={false} />;
}

function Form({ storeId, of }: { storeId: string; of: Phone }) {
  const was = of.phone ?? "";
  const [typed, setTyped] = useState(was);
  const change = useChangeMerchantPhone(storeId);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (typed.trim() !== was) change.mutate({ phone: typed.trim(), was });
  };
  const type = (text: string) => {
    setTyped(text);
    change.reset();
  };
  return (
    <form className={css.form} onSubmit={save} data-testid="merchant-phone">
      <p className={css.muted}>{was === "" ? words.nobody : words.told}</p>
      {of.opted_out && (
        <p className={css.warning} role="status">
          {words.optedOut}
        </p>
      )}
      <div className={css.line}>
        <TextField
          label={words.label}
          type="tel"
          autoComplete="off"
          maxLength={40}
          value={typed}
          error={problemOf(change.error)}
          onChange={type}
        />
        <Button type="submit" isPending={change.isPending} isDisabled={typed.trim() === was}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
