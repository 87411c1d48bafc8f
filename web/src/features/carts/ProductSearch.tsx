import { Plus } from "lucide-react";
import { useState, type KeyboardEvent } from "react";

import type { ProductView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useProducts } from "../../data/products";
import { SearchField } from "../../design/Field";
import { SkeletonRows } from "../../design/Skeleton";
import { useDebounced } from "../../hooks/useDebounced";
import { strings } from "../../strings";
import css from "./Carts.module.css";
import { words } from "./words";

const MOST_FOUND = 8;

interface ProductSearchProps {
  storeId: string;
  onAdd: (product: ProductView, typed: string) => void;
}

/** Finds products by words or bar code; Enter adds the first, as a scanner does (N22). */
export function ProductSearch({ storeId, onAdd }: ProductSearchProps) {
  const [q, setQ] = useState("");
  const typed = q.trim();
  const asked = useDebounced(typed);
  const products = useProducts(storeId, asked);
  const rows = (products.data?.pages[0]?.rows ?? []).slice(0, MOST_FOUND);
  const add = (product: ProductView) => {
    onAdd(product, asked);
    setQ("");
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== "Enter" || typed === "") return;
    event.preventDefault();
    if (asked === typed && rows[0]) add(rows[0]);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- Enter in the field within
    <div onKeyDown={keyDown}>
      <SearchField label={words.search} clearLabel={strings.common.clearSearch} value={q} onChange={setQ} autoFocus />
      {typed !== "" && products.isPending && <SkeletonRows label={words.searching} count={2} />}
      {typed !== "" && products.isError && <LoadFailure error={products.error} retry={() => void products.refetch()} />}
      {typed !== "" && products.data && asked === typed && rows.length === 0 && (
        <p role="status" className={css.note}>
          {words.noneFound(typed)}
        </p>
      )}
      {typed !== "" && rows.length > 0 && (
        <ul className={css.lines} aria-label={words.found}>
          {rows.map((product) => (
            <li key={product.id}>
              <button
                type="button"
                className={css.found}
                aria-label={words.addOne(product.title)}
                onClick={() => add(product)}
              >
                <Plus size={16} aria-hidden="true" />
                <span className={css.grow} dir="auto">
                  {product.title}
                </span>
                <span className={css.figure}>{product.price}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
