package dev.bezant.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploading, finding and fetching files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FilesTest {
    static final byte[] PDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1};
    static final byte[] JPG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F'};

    private final PaymentWorld world = PaymentWorld.setup().withoutSettling().start();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void a_file_is_kept_and_handed_out_as_it_was() {
        var made = world.upload("dispute_evidence", "receipt.pdf", PDF);
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.id()).startsWith("file_");
        assertThat(made.text("/object")).isEqualTo("file");
        assertThat(made.text("/purpose")).isEqualTo("dispute_evidence");
        assertThat(made.text("/filename")).isEqualTo("receipt.pdf");
        assertThat(made.text("/type")).isEqualTo("pdf");
        assertThat(made.text("/size")).isEqualTo("" + PDF.length);
        assertThat(made.text("/url")).isEqualTo(world.url() + "/v1/files/" + made.id() + "/contents");
        assertThat(world.get("/v1/files/" + made.id()).body()).isEqualTo(made.body());
        var content = world.raw("GET", "/v1/files/" + made.id() + "/contents", null, PaymentWorld.SECRET);
        assertThat(content.body().getBytes(StandardCharsets.US_ASCII)).isEqualTo(PDF);
        assertThat(content.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(content.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"receipt.pdf\"");
        assertThat(content.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void the_type_is_what_the_content_says() {
        assertThat(world.upload("dispute_evidence", "photo.pdf", PNG).text("/type")).isEqualTo("png");
        assertThat(world.upload("dispute_evidence", "scan", JPG).text("/type")).isEqualTo("jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "dispute_evidence, page.pdf, <html><script>alert(1)</script></html>",
        "dispute_evidence, archive.png, PK",
        "business_logo, logo.png, %PDF-1.7 not a picture",
        "dispute_evidence, note.pdf, ' %PDF-1.7 after a space'"
    })
    void a_file_of_another_type_is_refused_whatever_it_is_called(String purpose, String name, String content) {
        assertThat(world.upload(purpose, name, content.getBytes(StandardCharsets.UTF_8)).error()).isEqualTo("400 invalid_request_error parameter_invalid file");
    }

    @Test
    void a_file_may_be_as_large_as_its_purpose_allows() {
        assertThat(world.upload("dispute_evidence", "large.pdf", Arrays.copyOf(PDF, 5 << 20)).status()).isEqualTo(200);
        var refused = world.upload("dispute_evidence", "larger.pdf", Arrays.copyOf(PDF, (5 << 20) + 1));
        assertThat(refused.error()).isEqualTo("400 invalid_request_error parameter_invalid file");
        assertThat(refused.text("/error/message")).contains("5242881 bytes", "5242880");
        assertThat(world.upload("additional_verification", "largest.pdf", Arrays.copyOf(PDF, 16 << 20)).text("/size")).isEqualTo("" + (16 << 20));
        assertThat(world.upload("dispute_evidence", "huge.pdf", Arrays.copyOf(PDF, 18 << 20)).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, passwd",
        "'C:\\temp\\bill.pdf', bill.pdf",
        "'', file.pdf",
        "card 4242 4242 4242 4242.pdf, card ....pdf",
        "scan-20260101123456.pdf, scan-20260101123456.pdf"
    })
    void a_file_name_is_only_a_name(String given, String kept) {
        assertThat(world.upload("dispute_evidence", given.replace("\\", "\\\\"), PDF).text("/filename")).isEqualTo(kept);
    }

    @Test
    void files_are_listed_newest_first_and_by_purpose() {
        String first = world.upload("customer_signature", "a.png", PNG).id();
        String second = world.upload("customer_signature", "b.png", PNG).id();
        var page = world.get("/v1/files?purpose=customer_signature&limit=1");
        assertThat(page.text("/data/0/id")).isEqualTo(second);
        assertThat(page.text("/has_more")).isEqualTo("true");
        assertThat(world.get("/v1/files?purpose=customer_signature&starting_after=" + second).text("/data/0/id")).isEqualTo(first);
        assertThat(world.get("/v1/files?starting_after=file_unknown").error()).isEqualTo("404 invalid_request_error resource_missing starting_after");
    }

    @Test
    void nobody_elses_file_is_seen() {
        String id = world.upload("dispute_evidence", "a.pdf", PDF).id();
        for (String path : new String[] {"/v1/files/" + id, "/v1/files/" + id + "/contents"}) {
            assertThat(world.send("GET", path, null, PaymentWorld.STRANGER).error()).isEqualTo("404 invalid_request_error resource_missing id");
            assertThat(world.send("GET", path, null, PaymentWorld.LIVE).error()).isEqualTo("404 invalid_request_error resource_missing id");
            assertThat(world.send("GET", path, null, PaymentWorld.PUBLISHABLE).error()).isEqualTo("403 invalid_request_error secret_key_required null");
        }
    }

    @Test
    void what_is_missing_is_told() {
        assertThat(world.post("/v1/files", "purpose=dispute_evidence").error()).isEqualTo("400 invalid_request_error parameter_missing file");
        assertThat(world.post("/v1/files", "purpose=dispute_evidence&file=text").error()).isEqualTo("400 invalid_request_error parameter_invalid file");
        assertThat(world.upload("holiday_photo", "a.pdf", PDF).error()).isEqualTo("400 invalid_request_error parameter_invalid purpose");
        assertThat(world.upload("dispute_evidence", "empty.pdf", new byte[0]).error()).isEqualTo("400 invalid_request_error parameter_invalid file");
    }
}
