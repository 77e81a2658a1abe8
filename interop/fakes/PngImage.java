package interop.fakes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/// An image that was sent to the model.
final class PngImage {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PngImage() {}

  static void require(byte[] bytes, String path) {
    Refused.unless(
        bytes.length > SIGNATURE.length
            && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length),
        path + " is not a PNG image");
  }

  /// What proves that every byte arrived and could be read as an image.
  static String describe(byte[] bytes) {
    try {
      var image = ImageIO.read(new ByteArrayInputStream(bytes));
      Refused.unless(image != null, "the image cannot be read");
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      return "a PNG of %dx%d with checksum %08x"
          .formatted(image.getWidth(), image.getHeight(), checksum.getValue());
    } catch (IOException wrong) {
      throw new Refused("the image cannot be read: " + wrong.getMessage());
    }
  }
}
