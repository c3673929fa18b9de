package dev.bezant.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void a_new_one_is_closed_to_others_and_so_are_its_files() throws IOException {
        DataDirectory data = DataDirectory.open(parent.resolve("data"));
        data.write("secret.env", "KEY='x'\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secret.env")))).isEqualTo("rw-------");
        assertThat(data.readOrNull("secret.env")).isEqualTo("KEY='x'\n");
        assertThat(data.readOrNull("absent")).isNull();
    }

    @Test
    void a_lock_can_be_taken_again_after_it_was_given_back() throws Exception {
        DataDirectory data = DataDirectory.open(parent.resolve("data"));
        data.lock().close();
        data.lock().close();
    }

    @Test
    void a_file_in_its_place_is_told() throws IOException {
        Path file = Files.writeString(parent.resolve("data"), "");
        assertThatThrownBy(() -> DataDirectory.open(file)).isInstanceOf(CommandException.class).hasMessageContaining(file.toString());
    }
}
