// One by one: the library's index brings every kind of code along, five times as much.
import BarcodeFormat from "@zxing/library/esm/core/BarcodeFormat";
import BinaryBitmap from "@zxing/library/esm/core/BinaryBitmap";
import HybridBinarizer from "@zxing/library/esm/core/common/HybridBinarizer";
import DecodeHintType from "@zxing/library/esm/core/DecodeHintType";
import MultiFormatOneDReader from "@zxing/library/esm/core/oned/MultiFormatOneDReader";
import RGBLuminanceSource from "@zxing/library/esm/core/RGBLuminanceSource";

/** What stands on products: EAN and UPC, and the codes that shops print themselves. */
const FORMATS = [
  BarcodeFormat.EAN_13,
  BarcodeFormat.EAN_8,
  BarcodeFormat.UPC_A,
  BarcodeFormat.UPC_E,
  BarcodeFormat.CODE_128,
  BarcodeFormat.CODE_39,
];
const reader = new MultiFormatOneDReader(
  new Map<DecodeHintType, unknown>([[DecodeHintType.POSSIBLE_FORMATS, FORMATS]]),
);

/** The bar code in a picture (RGBA), lying or standing; null where none can be read. */
export function readBarcode({ data, width, height }: Pick<ImageData, "data" | "width" | "height">): string | null {
  const grey = greyOf(data);
  return decoded(grey, width, height) ?? decoded(turned(grey, width, height), height, width);
}

function decoded(grey: Uint8ClampedArray, width: number, height: number): string | null {
  try {
    return reader.decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)))).getText();
  } catch {
    return null; // none there, or not sharp enough
  }
}

function greyOf(rgba: Uint8ClampedArray): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(rgba.length / 4);
  for (let at = 0; at < grey.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(at * 4, at * 4 + 3);
    grey[at] = (red + 2 * green + blue) / 4;
  }
  return grey;
}

/** By a quarter. */
function turned(grey: Uint8ClampedArray, width: number, height: number): Uint8ClampedArray {
  const result = new Uint8ClampedArray(grey.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) result[x * height + (height - 1 - y)] = grey[y * width + x] ?? 0;
  }
  return result;
}
