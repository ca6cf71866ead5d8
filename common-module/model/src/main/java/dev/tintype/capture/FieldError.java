package dev.tintype.capture;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer of the field in the body; empty for the body as a whole
 * @param detail what was wrong and what is allowed, a sentence that needs no other
 */
public record FieldError(String pointer, String detail) {}
