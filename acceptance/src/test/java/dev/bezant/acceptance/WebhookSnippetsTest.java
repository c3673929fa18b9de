package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/guide/webhooks.md shows for verifying takes what is right and refuses what is not, in each language. */
class WebhookSnippetsTest {
    private static final String SECRET = "whsec_bezant_test_secret_0001";
    private static final byte[] BODY = "{\"id\":\"evt_1\",\"object\":\"event\",\"name\":\"Zoë €\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    /** A language of the page: how it is marked there, and what runs a snippet with a secret, a header and a file. */
    enum Language {
        PYTHON("python", "verify.py", """

                import sys
                print(verified(open(sys.argv[3], "rb").read(), sys.argv[2], sys.argv[1])["id"])
                """, "python3"),
        NODE("js", "verify.js", """

                console.log(verified(require('node:fs').readFileSync(process.argv[4]), process.argv[3], process.argv[2]).id);
                """, "node"),
        JAVA("java", "Verify.java", """

                class Verify {
                    public static void main(String[] args) throws Exception {
                        WebhookSignature.verify(java.nio.file.Files.readAllBytes(java.nio.file.Path.of(args[2])), args[1], args[0]);
                        System.out.println("evt_1");
                    }
                }
                """, null);

        private final String mark;
        private final String file;
        private final String driver;
        private final @Nullable String interpreter;

        /** @param interpreter null = compiled */
        Language(String mark, String file, String driver, @Nullable String interpreter) {
            this.mark = mark;
            this.file = file;
            this.driver = driver;
            this.interpreter = interpreter;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_snippet_takes_what_is_right_and_refuses_what_is_not(Language language) throws Exception {
        Path source = Files.writeString(directory.resolve(language.file), snippet(language) + language.driver);
        if (language.interpreter == null) {
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-Xlint:all,-path", "-Werror", "-d", directory.toString(), source.toString())).isZero();
        }
        long now = Instant.now().getEpochSecond();
        String right = "t=" + now + ",v1=" + v1(now, BODY, SECRET);
        assertThat(run(language, SECRET, right, BODY)).as("right").isEqualTo("evt_1");
        assertThat(run(language, SECRET, "t=" + now + ",v1=" + v1(now, BODY, "whsec_other") + ",v1=" + v1(now, BODY, SECRET), BODY)).as("rolled").isEqualTo("evt_1");
        assertThat(run(language, SECRET, "t=" + (now - 290) + ",v1=" + v1(now - 290, BODY, SECRET), BODY)).as("almost too old").isEqualTo("evt_1");

        assertThat(run(language, "whsec_other", right, BODY)).as("another secret").isEmpty();
        assertThat(run(language, SECRET, right, "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8))).as("another body").isEmpty();
        assertThat(run(language, SECRET, "t=" + (now - 400) + ",v1=" + v1(now - 400, BODY, SECRET), BODY)).as("too old").isEmpty();
        assertThat(run(language, SECRET, "t=" + (now + 1) + ",v1=" + v1(now, BODY, SECRET), BODY)).as("another time").isEmpty();
        assertThat(run(language, SECRET, "v1=" + v1(now, BODY, SECRET), BODY)).as("no time").isEmpty();
        assertThat(run(language, SECRET, "t=" + now + ",v0=" + v1(now, BODY, SECRET), BODY)).as("another scheme").isEmpty();
        assertThat(run(language, SECRET, "t=soon,v1=zz,=,v1", BODY)).as("garbage").isEmpty();
    }

    /** @return what it printed; empty if it refused */
    private String run(Language language, String secret, String header, byte[] body) throws IOException, InterruptedException {
        Path payload = Files.write(directory.resolve("body"), body);
        List<String> command = new ArrayList<>(language.interpreter == null
                ? List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", directory.toString(), "Verify")
                : List.of(language.interpreter, directory.resolve(language.file).toString()));
        command.addAll(List.of(secret, header, payload.toString()));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(out).strip();
        assertThat(printed.isEmpty()).as(Files.readString(err)).isEqualTo(process.exitValue() != 0);
        if (printed.isEmpty()) {
            assertThat(Files.readString(err)).containsAnyOf("no signature fits", "no timestamp");
        }
        return printed;
    }

    private static String snippet(Language language) throws IOException {
        String page = Files.readString(Shell.HOME.resolve("docs/guide/webhooks.md"));
        Matcher block = Pattern.compile("(?m)^```" + language.mark + "\\n(.*?)^```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).as("a %s block", language.mark).isTrue();
        return block.group(1);
    }

    private static String v1(long time, byte[] body, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
