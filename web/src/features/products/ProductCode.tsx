import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";

import type { ProductView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { keys } from "../../data/keys";
import { Button } from "../../design/Button";
import { LinkCode } from "../../design/LinkCode";
import { SkeletonRows } from "../../design/Skeleton";
import { newKey } from "../../domain/keys";
import css from "./ProductCode.module.css";
import { words } from "./words";

interface ProductCodeProps {
  storeId: string;
  product: ProductView;
  onBack: () => void;
}

/** A product's code for whoever stands in the shop; each time another one, so that it says who showed it (H22). */
export default function ProductCode({ storeId, product, onBack }: ProductCodeProps) {
  const { api } = useAccount();
  const [share] = useState(newKey);
  const made = useQuery({
    queryKey: keys.productLink(share),
    queryFn: () => api.linkProduct(storeId, product.id),
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <div className={css.body}>
      <p className={css.title} dir="auto">
        {product.title}
      </p>
      {made.isPending && <SkeletonRows label={words.code.making} count={3} avatar={false} />}
      {made.isError && <LoadFailure error={made.error} retry={() => void made.refetch()} />}
      {made.data && (
        <LinkCode url={made.data.url} words={words.code} testId="product-qr">
          <p className={css.hint}>{words.code.hint}</p>
        </LinkCode>
      )}
      <Button size="small" onPress={onBack} autoFocus>
        <ArrowLeft size={15} aria-hidden="true" />
        {words.code.back}
      </Button>
    </div>
  );
}
