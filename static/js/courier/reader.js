// The barcode reader in a worker: takes pixels, answers with the number on them or nothing.
"use strict";
const SCRIPT = "__SCRIPT__";
const WASM = "__WASM__";
importScripts(SCRIPT);

ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => WASM } });
const OPTIONS = { formats: ["Code128", "Code39", "QRCode", "EAN13"], tryHarder: true, maxNumberOfSymbols: 1 };

onmessage = async ({ data: { id, picture } }) => {
  try {
    const [found] = await ZXingWASM.readBarcodes(picture, OPTIONS);
    postMessage({ id, text: found?.isValid === false ? "" : found?.text || "" });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
};
