package dev.bezant.server.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are run, since they refuse root.
 *
 * <p>An ordinary user runs them directly. Root runs them in a user namespace of their own, where they see an unprivileged user
 * while every file stays root's; where namespaces are not allowed, as the user {@value #NOBODY}, to whom the files are given.
 *
 * @param prefix what goes before the command
 * @param handsOver whether files must belong to {@value #NOBODY}
 */
record Unprivileged(List<String> prefix, boolean handsOver) {
    private static final int NOBODY = 65534;

    static final Unprivileged DIRECT = new Unprivileged(List.of(), false);
    static final Unprivileged NAMESPACE = new Unprivileged(List.of("unshare", "-U"), false);
    static final Unprivileged OTHER_USER = new Unprivileged(
            List.of("setpriv", "--reuid", String.valueOf(NOBODY), "--regid", String.valueOf(NOBODY), "--clear-groups"), true);

    /** @throws DatabaseException if this process is root and the system offers no way */
    static Unprivileged choose() throws IOException, InterruptedException {
        if (new UnixSystem().getUid() != 0) {
            return DIRECT;
        }
        for (Unprivileged way : List.of(NAMESPACE, OTHER_USER)) {
            if (way.succeeds(List.of("true"))) {
                return way;
            }
        }
        throw new DatabaseException("PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv' (package util-linux) works"
                + " here. Start Bezant as an ordinary user, or name a database with --database.", null);
    }

    List<String> command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /**
     * Makes a tree usable for the programs.
     *
     * @param directory or file; all of it becomes theirs
     * @param parent must be passable for them; nothing in it becomes readable
     */
    void handOver(Path directory, Path parent) throws IOException, InterruptedException {
        if (!handsOver) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(parent);
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(parent, permissions);
        if (!succeeds(List.of("test", "-r", directory.toString()))) {
            throw new DatabaseException("PostgreSQL refuses to run as root, and the user " + NOBODY + ", as whom it would run, cannot reach "
                    + directory + ". Choose a data directory whose parents everybody may pass, such as one under /var/lib, or start Bezant"
                    + " as an ordinary user.", null);
        }
    }

    private boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            // The program is not installed.
            return false;
        }
    }
}
