import { Eye, EyeOff, Pencil, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { StoreTemplate, StoreTemplateList, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { Badge } from "../../design/Badge";
import { Button, IconButton } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { newKey } from "../../domain/keys";
import { MerchantPhone } from "./MerchantPhone";
import { SectionHeading } from "./SectionHeading";
import { asSaved, useSaveTemplate, useTemplates } from "./templateQueries";
import css from "./TemplatesSection.module.css";
import { templateWords as words } from "./templateWords";

const TemplateDialog = lazy(() => import("./TemplateDialog"));
const GROUPS = ["standard", "merchant", "custom", "quick_reply"] as const;

const groupOf = ({ audience, kind }: StoreTemplate) => (audience === "merchant" ? audience : kind);

const nameOf = (template: StoreTemplate) => words.events[template.id] ?? template.name;

const fresh = (kind: StoreTemplate["kind"], language: string): StoreTemplate => ({
  id: newKey(),
  kind,
  audience: "customer",
  name: "",
  texts: { [language]: "" },
  active: true,
  transactional: true,
  delay_days: 7,
  edited: true,
  revision: 0,
});

/** The store's templates and quick replies: switch, edit, make, delete (L8, L15, L23, N15). */
export function TemplatesSection({ store }: { store: StoreView }) {
  const templates = useTemplates(store.id);
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      {templates.isPending && <SkeletonRows count={4} label={words.loading} avatar={false} />}
      {templates.isError && !templates.data && (
        <LoadFailure error={templates.error} retry={() => void templates.refetch()} />
      )}
      {templates.data && <Templates store={store} of={templates.data} />}
    </>
  );
}

function Templates({ store, of }: { store: StoreView; of: StoreTemplateList }) {
  const [editing, setEditing] = useState<StoreTemplate | null>(null);
  return (
    <>
      {!of.automatic && <p className={css.note}>{words.automaticOff}</p>}
      {GROUPS.map((group) => {
        const rows = of.rows.filter((row) => groupOf(row) === group);
        return (
          <section key={group} aria-label={words.groups[group]} className={css.group}>
            <header className={css.head}>
              <h3 className={css.heading}>{words.groups[group]}</h3>
              {group !== "standard" && group !== "merchant" && (
                <Button size="small" onPress={() => setEditing(fresh(group, of.language))}>
                  <Plus size={15} aria-hidden="true" />
                  {words.make[group]}
                </Button>
              )}
            </header>
            {group === "merchant" && <MerchantPhone storeId={store.id} />}
            {rows.length === 0 ? (
              <p className={css.muted}>{words.none[group]}</p>
            ) : (
              <ul className={css.list}>
                {rows.map((row) => (
                  <Row
                    key={row.id}
                    store={store}
                    template={row}
                    language={of.language}
                    onEdit={() => setEditing(row)}
                  />
                ))}
              </ul>
            )}
          </section>
        );
      })}
      {editing && (
        <Suspense fallback={null}>
          <TemplateDialog
            key={editing.id}
            store={store}
            template={editing}
            name={nameOf(editing)}
            of={of}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </>
  );
}

interface RowProps {
  store: StoreView;
  template: StoreTemplate;
  language: string;
  onEdit: () => void;
}

function Row({ store, template, language, onEdit }: RowProps) {
  const save = useSaveTemplate(store.id);
  const name = nameOf(template);
  const { active, texts } = template;
  const turn = () => save.mutate({ id: template.id, body: { ...asSaved(template), active: !active } });
  return (
    <li className={css.row} data-testid="template" data-active={active}>
      <div className={css.what}>
        <p className={css.name}>
          {name}
          {template.kind === "standard" && template.edited && <Badge tone="neutral">{words.edited}</Badge>}
        </p>
        <p className={css.text} dir="auto">
          {texts[language] ?? texts.en ?? Object.values(texts)[0]}
        </p>
      </div>
      <IconButton
        label={active ? words.switchOff(name) : words.switchOn(name)}
        size="small"
        onPress={turn}
        isPending={save.isPending}
      >
        {!save.isPending && (active ? <Eye size={18} aria-hidden="true" /> : <EyeOff size={18} aria-hidden="true" />)}
      </IconButton>
      <IconButton label={words.edit(name)} size="small" aria-haspopup="dialog" onPress={onEdit}>
        <Pencil size={17} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
