package dev.bezant.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/guide/moving-from-stripe.md shows is what the suites of the clients do, word for word. */
class MovingFromStripeTest {
    private static final Path PAGE = SandboxProcess.HOME.resolve("docs/guide/moving-from-stripe.md");
    private static final Path SUITES = SandboxProcess.HOME.resolve("interop/src/test");

    @ParameterizedTest
    @CsvSource({"java, java, .java, 4", "js, node/stripe, .mjs, 4"})
    void what_the_page_shows_is_run(String language, String folder, String ending, int snippets) throws IOException {
        var sources = sources(SUITES.resolve(folder), ending);
        var blocks = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(Files.readString(PAGE)).results()
                .map(block -> unindented(block.group(1))).toList();
        assertThat(blocks).hasSize(snippets).allSatisfy(block -> assertThat(sources).contains(block));
    }

    private static String sources(Path folder, String ending) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(it -> it.toString().endsWith(ending)).sorted().toList()) {
                text.append(unindented(Files.readString(file)));
            }
        }
        return text.toString();
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
    }
}
