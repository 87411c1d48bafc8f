import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";

import type { MediaView } from "../../api/types";
import { useMediaLinks } from "../../data/media";
import { IconButton } from "../../design/Button";
import { placeholder } from "../../domain/media";
import { strings } from "../../strings";
import css from "./Lightbox.module.css";

const words = strings.media;

interface LightboxProps {
  conversationId: string;
  messageId: string;
  /** Of one message. */
  pictures: MediaView[];
  startId: string;
  author: string;
  onClose: () => void;
}

/** A picture as large as the screen. Arrow keys go on and back, Escape, the cross and a click beside it close. */
export default function Lightbox({ conversationId, messageId, pictures, startId, author, onClose }: LightboxProps) {
  const [index, setIndex] = useState(() => pictures.findIndex((picture) => picture.id === startId));
  const last = pictures.length - 1;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "ArrowRight") setIndex((at) => Math.min(at + 1, last));
      if (event.key === "ArrowLeft") setIndex((at) => Math.max(at - 1, 0));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [last]);
  const picture = pictures[index];
  if (!picture) return null;
  const alt = words.picture(author, index + 1, pictures.length);
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={css.overlay ?? ""}>
      <Modal className={css.modal ?? ""}>
        <Dialog aria-label={alt} className={css.dialog ?? ""}>
          <Large conversationId={conversationId} messageId={messageId} picture={picture} alt={alt} />
          <div className={css.bar}>
            {last > 0 && (
              <>
                <IconButton
                  label={words.previous}
                  variant="secondary"
                  isDisabled={index === 0}
                  onPress={() => setIndex(index - 1)}
                >
                  <ChevronLeft size={20} aria-hidden="true" />
                </IconButton>
                <span aria-live="polite" className={css.count}>
                  {words.position(index + 1, pictures.length)}
                </span>
                <IconButton
                  label={words.next}
                  variant="secondary"
                  isDisabled={index === last}
                  onPress={() => setIndex(index + 1)}
                >
                  <ChevronRight size={20} aria-hidden="true" />
                </IconButton>
              </>
            )}
            <IconButton label={strings.common.close} variant="secondary" onPress={onClose} autoFocus>
              <X size={20} aria-hidden="true" />
            </IconButton>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Large(props: { conversationId: string; messageId: string; picture: MediaView; alt: string }) {
  const { conversationId, messageId, picture, alt } = props;
  const links = useMediaLinks(conversationId, messageId, picture.id);
  return (
    <img
      src={links.data?.url ?? placeholder(picture.width, picture.height)}
      width={picture.width}
      height={picture.height}
      alt={alt}
      className={css.image}
      onError={links.renew}
    />
  );
}
