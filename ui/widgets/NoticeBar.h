// NoticeBar: a remark that needs no answer, and perhaps one thing to do about it ("Undo"). Hidden
// until there is one; a new remark takes the place of the old.
//
// A long text, such as the banner of a server, is folded: its beginning is shown, and the whole of
// it in a field that scrolls once the user wants to see it.

#pragma once

#include "ui/widgets/Panel.h"

#include <functional>

class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace ui {

class PlainLabel;

class NoticeBar final : public Panel
{
    Q_OBJECT

public:
    explicit NoticeBar(Theme::Meaning meaning, QWidget *parent = nullptr);

    // `text` is shown as plain text.
    void showNotice(const QString &text);

    // With a button; `action` is called at most once, and closes the bar.
    void showNotice(const QString &text, const QString &button, std::function<void()> action);

    void dismiss();

private:
    void setWhole(const QString &text);
    void showWhole(bool shown);

    PlainLabel *m_label;
    QPlainTextEdit *m_whole = nullptr; // when a text is too long first
    QToolButton *m_fold;
    QPushButton *m_button;
    std::function<void()> m_action;
};

} // namespace ui
