package dev.bezant.sdk.codegen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/** One description file in, one Java file for each of its objects and enums out. The same description gives the same bytes. */
public final class Generator {
    private Generator() {}

    /**
     * @param arguments the description file, the root folder for the sources
     * @throws DescriptionException with every mistake in the description
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments: the description file and the folder for the sources");
        }
        generate(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void generate(Path description, Path folder) throws IOException {
        Description read = DescriptionReader.read(description);
        var sources = new TreeMap<String, String>();
        for (ObjectSpec object : read.objects().values()) {
            sources.put(object.name(), new ObjectWriter(read, object).source());
        }
        for (EnumSpec words : read.enums().values()) {
            sources.put(words.name(), new EnumWriter(read, words).source());
        }
        SourceFolder.of(folder, read.javaPackage()).write(sources);
    }
}
