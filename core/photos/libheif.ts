/**
 * The part of libheif's bindings that browser and Node use. Its own types don't cover the bundles.
 */
export interface LibHeif {
  heif_context_alloc(): object;
  heif_context_free(context: object): void;
  heif_context_read_from_memory(context: object, bytes: Uint8Array): { code: unknown };
  heif_error_code: { heif_error_Ok: unknown };
  heif_js_context_get_primary_image_handle(context: object): object;
  heif_image_handle_release(handle: object): void;
  heif_js_decode_image2(handle: object, colours: unknown, chroma: unknown): Decoded;
  heif_image_release(image: object): void;
  heif_colorspace: { heif_colorspace_RGB: unknown };
  heif_chroma: { heif_chroma_interleaved_RGB: unknown; heif_chroma_interleaved_RGBA: unknown };
}

interface Decoded {
  image?: object;
  channels?: { width: number; height: number; stride: number; data: Uint8Array }[];
}
