import { useMutation } from "@tanstack/react-query";
import { Eye, EyeOff } from "lucide-react";

import type { CustomerView, RealAddresses, StoreView } from "../../api/types";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { Button } from "../../design/Button";
import { showToast } from "../../design/toasts";
import { strings } from "../../strings";
import css from "./CustomerPane.module.css";

const words = strings.customer;

/** Phone and e-mail: masked, and for those with the permission as they are, until the pane is left (X7). */
export function Addresses({ store, id, customer }: { store: StoreView; id: string; customer: CustomerView }) {
  const { api } = useAccount();
  const unmask = useMutation({
    mutationFn: () => api.unmask(id),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
    gcTime: 0, // not even in the cache
  });
  const real = unmask.data;
  return (
    <>
      {real && <Fact name={words.conversationAddress} values={[real.address]} />}
      <Fact name={words.phone} values={(real ?? customer).phones} />
      <Fact name={words.email} values={(real ?? customer).emails} />
      {store.permissions.includes("unmask") && (
        <dd className={css.unmask}>
          <Toggle real={real} isPending={unmask.isPending} show={() => unmask.mutate()} hide={() => unmask.reset()} />
        </dd>
      )}
    </>
  );
}

function Fact({ name, values }: { name: string; values: string[] }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{values.join(", ") || words.none}</dd>
    </>
  );
}

interface ToggleProps {
  real: RealAddresses | undefined;
  isPending: boolean;
  show: () => void;
  hide: () => void;
}

function Toggle({ real, isPending, show, hide }: ToggleProps) {
  return (
    <>
      <Button size="small" variant="quiet" isPending={isPending} onPress={real ? hide : show}>
        {real ? <EyeOff size={15} aria-hidden="true" /> : <Eye size={15} aria-hidden="true" />}
        {real ? words.hide : words.unmask}
      </Button>
      {real && <span className={css.since}>{words.recorded}</span>}
    </>
  );
}
