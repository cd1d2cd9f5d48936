// Quizzes: the answers that can be opened become a form with verdicts.
(() => {
  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const verdict = (wrong, missed) => {
    if (wrong) return say("Not quite: look at the explanations and try again.");
    return say(missed ? "Right so far, but there is more to tick." : "All right!");
  };
  const upgrade = (quiz) => {
    const choices = [...quiz.querySelectorAll(".sg-choice")].map((item) => {
      const box = make("input", { type: "checkbox" });
      const text = item.querySelector(".sg-choice-text");
      const answer = item.querySelector("details");
      const label = make("label");
      text.replaceWith(label);
      label.append(box, text);
      answer.hidden = true;
      return { box, answer, correct: item.dataset.correct === "true" };
    });
    const result = make("p", { role: "status" });
    const button = make("button", { type: "button", disabled: true, textContent: say("Check answers") });
    quiz.append(make("div", { className: "sg-quiz-foot" }, button, result));
    quiz.addEventListener("change", () => {
      button.disabled = !choices.some(({ box }) => box.checked);
      result.textContent = "";
      for (const { box, answer } of choices) if (!box.checked) answer.hidden = true;
    });
    button.addEventListener("click", () => {
      for (const { box, answer } of choices) {
        answer.hidden = !box.checked;
        answer.open = box.checked;
      }
      result.textContent = verdict(
        choices.some(({ box, correct }) => box.checked && !correct),
        choices.some(({ box, correct }) => !box.checked && correct),
      );
    });
  };
  prepare((find) => find(".sg-quiz").forEach(upgrade));
})();
