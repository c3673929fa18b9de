package dev.bezant.sdk.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Where sources go. Files that would not change are left alone, so that the compiler has nothing to do; files of earlier runs go. */
final class SourceFolder {
    private final Path folder;

    private SourceFolder(Path folder) {
        this.folder = folder;
    }

    static SourceFolder of(Path root, String javaPackage) {
        return new SourceFolder(root.resolve(javaPackage.replace('.', '/')));
    }

    /** @param sources by the class's simple name */
    void write(Map<String, String> sources) throws IOException {
        Files.createDirectories(folder);
        for (var source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey() + ".java");
            byte[] bytes = source.getValue().getBytes(StandardCharsets.UTF_8);
            if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
                Files.write(file, bytes);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".java") && !sources.containsKey(name.substring(0, name.length() - 5))) {
                    Files.delete(file);
                }
            }
        }
    }
}
