package dev.bezant.sandbox.worldlinedirect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A QR code (ISO/IEC 18004) for an address of at most 106 bytes: version 5, error correction L, which is one block of 108 bytes with 26
 * for correction, and always mask 0.
 */
final class QrCode {
    private static final int SIZE = 37;
    private static final int DATA = 108;
    private static final int CORRECTION = 26;
    private static final int TEXT_MAX = DATA - 2;
    /** Level L and mask 0 with their own error correction. */
    private static final int FORMAT = 0b111011111000100;
    private static final int PIXELS = 4;
    private static final int QUIET = 4;

    private final boolean[][] dark = new boolean[SIZE][SIZE];
    private final boolean[][] fixed = new boolean[SIZE][SIZE];

    private QrCode(byte[] text) {
        finder(0, 0);
        finder(SIZE - 7, 0);
        finder(0, SIZE - 7);
        alignment(SIZE - 7);
        timing();
        format();
        place(codewords(text));
    }

    /** A PNG, base64. */
    static String pngBase64(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > TEXT_MAX) {
            throw new IllegalArgumentException("longer than " + TEXT_MAX + " bytes: " + text);
        }
        return Base64.getEncoder().encodeToString(new QrCode(bytes).png());
    }

    private void set(int row, int column, boolean isDark) {
        dark[row][column] = isDark;
        fixed[row][column] = true;
    }

    /** With the light line around it. */
    private void finder(int top, int left) {
        for (int row = -1; row <= 7; row++) {
            for (int column = -1; column <= 7; column++) {
                if (top + row >= 0 && top + row < SIZE && left + column >= 0 && left + column < SIZE) {
                    int ring = Math.max(Math.abs(row - 3), Math.abs(column - 3));
                    set(top + row, left + column, ring != 2 && ring != 4);
                }
            }
        }
    }

    private void alignment(int centre) {
        for (int row = -2; row <= 2; row++) {
            for (int column = -2; column <= 2; column++) {
                set(centre + row, centre + column, Math.max(Math.abs(row), Math.abs(column)) != 1);
            }
        }
    }

    private void timing() {
        for (int i = 8; i < SIZE - 8; i++) {
            set(6, i, i % 2 == 0);
            set(i, 6, i % 2 == 0);
        }
    }

    private void format() {
        for (int i = 0; i < 15; i++) {
            boolean bit = ((FORMAT >> i) & 1) == 1;
            int along = i < 6 ? i : i < 8 ? i + 1 : SIZE - 15 + i;
            set(along, 8, bit);
            int across = i < 8 ? SIZE - 1 - i : i == 8 ? 7 : 14 - i;
            set(8, across, bit);
        }
        set(SIZE - 8, 8, true);
    }

    /** Two columns at a time from the right, up and down in turn, leaving out the vertical timing line. */
    private void place(byte[] codewords) {
        int bit = 0;
        boolean up = true;
        for (int right = SIZE - 1; right > 0; right -= 2) {
            if (right == 6) {
                right--;
            }
            for (int i = 0; i < SIZE; i++) {
                int row = up ? SIZE - 1 - i : i;
                for (int column = right; column > right - 2; column--) {
                    if (!fixed[row][column]) {
                        boolean isDark = bit < codewords.length * 8 && ((codewords[bit / 8] >> (7 - bit % 8)) & 1) == 1;
                        dark[row][column] = isDark != ((row + column) % 2 == 0);
                        bit++;
                    }
                }
            }
            up = !up;
        }
    }

    private static byte[] codewords(byte[] text) {
        var all = new byte[DATA + CORRECTION];
        // Mode 4 (bytes), the length in eight bits, the text, four zero bits: all shifted by half a byte.
        all[0] = (byte) (0x40 | (text.length >> 4));
        int last = text.length;
        for (int i = 0; i < text.length; i++) {
            last = i;
            int before = i == 0 ? text.length : text[i - 1];
            all[i + 1] = (byte) ((before << 4) | ((text[i] & 0xff) >> 4));
        }
        all[text.length + 1] = (byte) (text[last] << 4);
        for (int i = text.length + 2, pad = 0; i < DATA; i++, pad++) {
            all[i] = (byte) (pad % 2 == 0 ? 0xec : 0x11);
        }
        correct(all);
        return all;
    }

    /** Reed-Solomon over GF(256) with x^8 + x^4 + x^3 + x^2 + 1. */
    private static void correct(byte[] all) {
        var generator = new int[CORRECTION];
        generator[CORRECTION - 1] = 1;
        int root = 1;
        for (int i = 0; i < CORRECTION; i++) {
            for (int j = 0; j < CORRECTION; j++) {
                generator[j] = times(generator[j], root) ^ (j + 1 < CORRECTION ? generator[j + 1] : 0);
            }
            root = times(root, 2);
        }
        var rest = new int[CORRECTION];
        for (int i = 0; i < DATA; i++) {
            int factor = (all[i] & 0xff) ^ rest[0];
            System.arraycopy(rest, 1, rest, 0, CORRECTION - 1);
            rest[CORRECTION - 1] = 0;
            for (int j = 0; j < CORRECTION; j++) {
                rest[j] ^= times(generator[j], factor);
            }
        }
        for (int i = 0; i < CORRECTION; i++) {
            all[DATA + i] = (byte) rest[i];
        }
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int i = 7; i >= 0; i--) {
            product = (product << 1) ^ ((product >> 7) * 0x11d);
            product ^= ((b >> i) & 1) * a;
        }
        return product & 0xff;
    }

    /** Grey with eight bits, as every reader knows it. */
    private byte[] png() {
        int side = (SIZE + 2 * QUIET) * PIXELS;
        var lines = new ByteArrayOutputStream();
        try {
            try (var deflated = new DeflaterOutputStream(lines)) {
                for (int y = 0; y < side; y++) {
                    var line = new byte[side + 1];
                    for (int x = 0; x < side; x++) {
                        line[x + 1] = (byte) (isDark(y / PIXELS - QUIET, x / PIXELS - QUIET) ? 0 : 255);
                    }
                    deflated.write(line);
                }
            }
            var png = new ByteArrayOutputStream();
            png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(side).putInt(side).put((byte) 8).array());
            chunk(png, "IDAT", lines.toByteArray());
            chunk(png, "IEND", new byte[0]);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    private boolean isDark(int row, int column) {
        return row >= 0 && column >= 0 && row < SIZE && column < SIZE && dark[row][column];
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) throws IOException {
        var named = ByteBuffer.allocate(4 + data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data).array();
        var check = new CRC32();
        check.update(named);
        png.write(ByteBuffer.allocate(8 + named.length).putInt(data.length).put(named).putInt((int) check.getValue()).array());
    }
}
