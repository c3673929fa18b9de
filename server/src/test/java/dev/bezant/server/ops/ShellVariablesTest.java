package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellVariablesTest {
    private static final Map<String, String> NASTY = Map.of("BEZANT_X", "it's $HOME `id` \"a\" \\ b");

    @TempDir
    private Path directory;

    @Test
    void what_was_written_is_read() {
        assertThat(ShellVariables.read(ShellVariables.write(NASTY))).isEqualTo(NASTY);
    }

    @Test
    void lines_of_another_shape_are_left_out() {
        assertThat(ShellVariables.read("# comment\nA=plain\n='x'\nB='\nC='ok'")).isEqualTo(Map.of("C", "ok"));
    }

    @Test
    void a_shell_reads_the_same() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("quickstart.env"), ShellVariables.write(NASTY));
        Process shell = new ProcessBuilder("sh", "-c", ". " + ShellVariables.quoted(file.toString()) + "; printf %s \"$BEZANT_X\"").start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(NASTY.get("BEZANT_X"));
        assertThat(shell.waitFor()).isZero();
    }
}
