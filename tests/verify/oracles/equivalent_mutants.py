"""Mutants no audit can catch, each with the reason."""

from __future__ import annotations

COMMUTES = "the function is symmetric in its two arguments"
WEIGHT_0 = "what is put where the target is 0 is multiplied by it; any finite number will do"
NO_CHANGE_IN_2D = "moving axis 1 to the end leaves a table of two dimensions as it is"

EQUIVALENT: dict[tuple[str, str], str] = {
    (
        "competence",
        "define: return np.maximum(score, 0.0) if clip == 'unit' else score"
        " | np.maximum(score, 0.0) → arguments swapped",
    ): COMMUTES,
    (
        "ece",
        "define: place = np.minimum(place, n_bins - 1)"
        " | np.minimum(place, n_bins - 1) → arguments swapped",
    ): COMMUTES,
    (
        "ece",
        "define: bounds = np.arange(n_bins + 1) / n_bins | 1 → one more",
    ): "one bound more lies above 1, where no confidence is",
    (
        "focal_loss",
        "define: if reduction == 'positives':"
        " | max(1, int((kept & (picked > 0)).sum())) → arguments swapped",
    ): COMMUTES,
    (
        "focal_loss",
        "define: if reduction == 'positives': | int((kept & (picked > 0)).sum()) → call dropped",
    ): "a NumPy integer divides as a Python one does",
    (
        "hinge",
        "define: losses = np.maximum(0.0, 1.0 - margins(scores, labels, coding))"
        " | np.maximum(0.0, 1.0 - margins(scores, labels, coding)) → arguments swapped",
    ): COMMUTES,
    (
        "label_smoothing",
        "define: losses = -(target * np.where(target > 0, table, 0.0)).sum(axis=-1)"
        " | 0.0 → one more",
    ): WEIGHT_0,
    (
        "logistic",
        "define: losses = np.logaddexp(0.0, -margins(scores, labels, coding)) / LOG_OF_BASE[base]"
        " | np.logaddexp(0.0, -margins(scores, labels, coding)) → arguments swapped",
    ): COMMUTES,
    (
        "perplexity",
        "define: rows = [np.exp(reduce(*row, 'mean')) for row in zip(losses, kept, strict=True)]"
        " | True → other truth",
    ): "losses and kept have one shape; strict guards what cannot happen",
    (
        "soft_cross_entropy",
        "define: losses = -(target_probs * np.where(target_probs == 0, 0.0, table)).sum(axis=1)"
        " | 0.0 → one more",
    ): WEIGHT_0,
    (
        "zpd_window",
        "define: return np.stack([1.1 * perplexity, 1.3 * perplexity])"
        " | np.stack([1.1 * perplexity, 1.3 * perplexity]) → call dropped",
    ): "a list of two numbers is compared as an array of two",
    (
        "reduction",
        "rows_of: return np.moveaxis(logits, 1, -1) if logits.ndim > 2 else logits"
        " | logits.ndim > 2 → GtE",
    ): NO_CHANGE_IN_2D,
    (
        "reduction",
        "rows_of: return np.moveaxis(logits, 1, -1) if logits.ndim > 2 else logits | 2 → one",
    ): NO_CHANGE_IN_2D,
    (
        "reduction",
        "reduce: if reduction != 'mean': | raise ValueError(reduction) → no error",
    ): "no oracle has another word for the mean; test_reduction.py holds the error",
}
