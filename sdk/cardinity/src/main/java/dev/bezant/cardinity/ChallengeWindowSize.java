package dev.bezant.cardinity;

/** How much room the issuer's challenge page gets. */
public enum ChallengeWindowSize {
    SIZE_250X400("250x400", 250, 400),
    SIZE_390X400("390x400", 390, 400),
    SIZE_500X600("500x600", 500, 600),
    SIZE_600X400("600x400", 600, 400),
    FULL_SCREEN("full-screen", 0, 0);

    private final String wireName;
    private final int width;
    private final int height;

    ChallengeWindowSize(String wireName, int width, int height) {
        this.wireName = wireName;
        this.width = width;
        this.height = height;
    }

    String wireName() {
        return wireName;
    }

    /** Full screen above 800x600, else the largest that fits, as Cardinity's own shop plugin chooses. */
    public static ChallengeWindowSize forScreen(int width, int height) {
        if (width > 800 && height > 600) {
            return FULL_SCREEN;
        }
        for (ChallengeWindowSize size : new ChallengeWindowSize[] {SIZE_600X400, SIZE_500X600, SIZE_390X400}) {
            if (width >= size.width && height >= size.height) {
                return size;
            }
        }
        return SIZE_250X400;
    }
}
