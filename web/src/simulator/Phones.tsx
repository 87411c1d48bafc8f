import { Plus, Smartphone } from "lucide-react";
import { useState } from "react";

import { Button } from "../design/Button";
import { EmptyState } from "../design/EmptyState";
import { SearchField } from "../design/Field";
import { AddPhone } from "./AddPhone";
import type { Phone, Store } from "./api";
import { PhoneDevice } from "./PhoneDevice";
import css from "./Phones.module.css";
import { strings } from "./strings";

/** All phones side by side, with a search for many. */
export function Phones({ phones, stores }: { phones: Phone[]; stores: Store[] }) {
  const [sought, setSought] = useState("");
  const [adding, setAdding] = useState(false);
  const [early] = useState(() => new Set(phones.map((phone) => phone.number)));
  const shown = newestFirst(phones, early).filter((phone) => matches(phone, sought));
  return (
    <section aria-label={strings.phones} className={css.phones}>
      <div className={css.bar}>
        <div className={css.search}>
          <SearchField label={strings.findPhone} clearLabel={strings.clearSearch} value={sought} onChange={setSought} />
        </div>
        <Button variant="primary" onPress={() => setAdding(true)}>
          <Plus size={16} aria-hidden="true" />
          {strings.addPhone}
        </Button>
      </div>
      {shown.length > 0 ? (
        <ul className={css.row}>
          {shown.map((phone) => (
            <li key={phone.number} className={css.item}>
              <PhoneDevice phone={phone} stores={stores} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          icon={<Smartphone size={24} />}
          title={phones.length === 0 ? strings.noPhones : strings.nothingFound}
        >
          {phones.length === 0 ? strings.noPhonesText : undefined}
        </EmptyState>
      )}
      {adding && <AddPhone onClose={() => setAdding(false)} />}
    </section>
  );
}

/** Phones that came while the page is open stand first, so that nobody has to look for them; the others stay put. */
function newestFirst(phones: Phone[], early: ReadonlySet<string>): Phone[] {
  const late = phones.filter((phone) => !early.has(phone.number));
  return [...late.reverse(), ...phones.filter((phone) => early.has(phone.number))];
}

function matches(phone: Phone, sought: string): boolean {
  const words = sought.toLowerCase().trim();
  const digits = words.replace(/[\s()-]/g, "");
  return phone.name.toLowerCase().includes(words) || (digits !== "" && phone.number.includes(digits));
}
