package dev.bezant.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.server.http.Multipart.Part;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of files, whole and broken. */
class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=xYz";

    private static List<Part> parts(String body) {
        return Multipart.parts(TYPE, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String field(String name, String value) {
        return "--xYz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: image/png\r\n\r\n" + content + "\r\n";
    }

    @Test
    void fields_and_files_are_told_apart() {
        List<Part> parts = parts(field("purpose", "dispute_evidence") + file("receipt.png", "bytes") + "--xYz--\r\n");

        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().name()).isEqualTo("purpose");
        assertThat(parts.getFirst().fileName()).isNull();
        assertThat(new String(parts.getFirst().content(), StandardCharsets.UTF_8)).isEqualTo("dispute_evidence");
        assertThat(parts.getLast().fileName()).isEqualTo("receipt.png");
        assertThat(parts.getLast().contentType()).isEqualTo("image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\\\"", "é"})
    void a_long_name_is_read_like_a_short_one(String character) {
        String name = character.repeat(1900);
        List<Part> parts = Multipart.parts(TYPE, (field(name, "b") + file(name, "bytes") + "--xYz--").getBytes(StandardCharsets.UTF_8));
        assertThat(parts.getFirst().name()).isEqualTo(name.replace("\\", ""));
        assertThat(parts.getLast().fileName()).isEqualTo(name.replace("\\", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "multipart/form-data; boundary=\"xYz\"", "multipart/form-data;boundary=xYz;charset=UTF-8", "Multipart/Form-Data; BOUNDARY=xYz"})
    void the_boundary_is_named_in_several_ways(String type) {
        assertThat(Multipart.parts(type, (field("a", "b") + "--xYz--").getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }

    @Test
    void what_stands_before_and_after_is_not_part_of_it() {
        assertThat(parts("a preamble that mentions xYz\r\n" + field("a", "b") + "--xYz--\r\nan epilogue, --xYz or not")).hasSize(1);
    }

    @Test
    void contents_may_look_like_anything_but_the_boundary() {
        for (String content : List.of("", "\r\n", "\r\n\r\n", "--", "--xY", "\r\n--xYnot", "a --xYz inside a line", "Content-Disposition: form-data", "a\0b\u00ff")) {
            byte[] read = parts(file("f", content) + "--xYz--").getFirst().content();
            assertThat(new String(read, StandardCharsets.ISO_8859_1)).isEqualTo(content);
        }
    }

    @Test
    void one_body_inside_another_is_content() {
        String inner = "--inner\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nevil\r\n--inner--";
        List<Part> parts = parts(file("nested", inner) + field("purpose", "dispute_evidence") + "--xYz--");

        assertThat(parts).extracting(Part::name).containsExactly("file", "purpose");
        assertThat(new String(parts.getFirst().content(), StandardCharsets.UTF_8)).isEqualTo(inner);
    }

    @Test
    void names_are_unescaped_and_utf_8() {
        byte[] body = "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\" ž.pdf\"\r\n\r\nx\r\n--xYz--".getBytes(StandardCharsets.UTF_8);

        assertThat(Multipart.parts(TYPE, body).getFirst().fileName()).isEqualTo("a \"b\" ž.pdf");
    }

    @Test
    void the_name_is_not_taken_from_the_file_name() {
        String head = "--xYz\r\nContent-Disposition: form-data; filename=\"name=x\"; name=\"file\"\r\n\r\nx\r\n--xYz--";

        assertThat(parts(head).getFirst().name()).isEqualTo("file");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // No boundary, another boundary.
        "", "text", "--other\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--other--",
        // Cut off anywhere.
        "--xYz", "--xYz\r\n", "--xYz\r\nContent-Disposition: form-data; name=\"a\"", "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--xY",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--xYz", "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--xYz-",
        // A part without a name, without a head, with bare line feeds.
        "--xYz\r\nContent-Disposition: form-data\r\n\r\nb\r\n--xYz--", "--xYz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nb\r\n--xYz--",
        "--xYz\r\n\r\nb\r\n--xYz--", "--xYz\nContent-Disposition: form-data; name=\"a\"\n\nb\n--xYz--",
        "--xYz\r\nContent-Type: image/png\r\n\r\nb\r\n--xYz--"
    })
    void a_broken_body_is_refused(String body) {
        assertThatThrownBy(() -> parts(body)).isInstanceOf(ApiException.class).hasMessageStartingWith("The multipart body cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; border=xYz"})
    void a_body_without_a_boundary_is_refused(String type) {
        assertThatThrownBy(() -> Multipart.parts(type, (field("a", "b") + "--xYz--").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ApiException.class).hasMessageContaining("boundary");
    }

    @Test
    void too_many_parts_and_too_large_heads_are_refused() {
        assertThatThrownBy(() -> parts(field("a", "b").repeat(51) + "--xYz--")).isInstanceOf(ApiException.class).hasMessageContaining("50 parts");
        assertThat(parts(field("a", "b").repeat(50) + "--xYz--")).hasSize(50);
        assertThatThrownBy(() -> parts("--xYz\r\nContent-Disposition: form-data; name=\"" + "n".repeat(5000) + "\"\r\n\r\nb\r\n--xYz--"))
                .isInstanceOf(ApiException.class).hasMessageContaining("head");
    }

    @Test
    void a_head_that_is_not_utf_8_is_refused() {
        assertThatThrownBy(() -> parts("--xYz\r\nContent-Disposition: form-data; name=\"\u00ff\"\r\n\r\nb\r\n--xYz--")).isInstanceOf(ApiException.class);
    }

    @Test
    void the_end_of_a_body_is_found_in_time_however_it_is_made() {
        byte[] body = new byte[16 << 20];
        Arrays.fill(body, (byte) '-');
        byte[] head = (file("f", "").replaceAll("\r\n$", "")).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, body, 0, head.length);

        assertThatThrownBy(() -> Multipart.parts(TYPE, body)).isInstanceOf(ApiException.class);
    }

    /** Whatever is cut, changed or doubled: parts, or a refusal, never anything else. */
    @Test
    void damaged_bodies_are_read_or_refused() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        byte[] whole = (field("purpose", "dispute_evidence") + file("a.png", "content\r\n--xY") + "--xYz--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = damaged(whole, random);
            try {
                assertThat(Multipart.parts(TYPE, damaged)).as("seed %d", seed).allSatisfy(part -> assertThat(part.name()).isNotEmpty());
            } catch (ApiException e) {
                assertThat(e.status()).as("seed %d", seed).isEqualTo(400);
            }
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        var out = new ByteArrayOutputStream();
        int from = random.nextInt(whole.length);
        int to = from + random.nextInt(whole.length - from);
        out.write(whole, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> out.write(whole, to, whole.length - to);
            case 1 -> {
                byte[] noise = new byte[random.nextInt(20)];
                random.nextBytes(noise);
                out.writeBytes(noise);
                out.write(whole, from, whole.length - from);
            }
            case 2 -> {
                out.write(whole, from, to - from);
                out.write(whole, from, to - from);
                out.write(whole, to, whole.length - to);
            }
            default -> {
                out.write(random.nextInt(256));
                out.write(whole, from + 1, whole.length - from - 1);
            }
        }
        return out.toByteArray();
    }
}
