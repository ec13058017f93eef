// ErrorBanner: a failure, told at the place where the user acted. Hidden until there is one.
//
// Its accessible name is the first sentence, and what reads the screen aloud is alerted.

#pragma once

#include "ui/errors/ErrorText.h"
#include "ui/widgets/Panel.h"

#include <QDateTime>

class QAbstractButton;
class QHBoxLayout;
class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace ui {

class PlainLabel;

class ErrorBanner final : public Panel
{
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget *parent = nullptr);

    // Replaces what was shown, and its actions. The details fold out, and can be copied with
    // everything else in one click.
    void showError(const ErrorText &text);

    // Replaces the second sentence of what is shown, in silence.
    void setReason(const QString &text);

    // A button before "Details", until the next showError(). Returns it for a slot and an object
    // name.
    QAbstractButton *addAction(const QString &text);

    // With a button from now on that leads to what the log has around the failure.
    void offerLog();

    void dismiss();

signals:
    void dismissed();
    void logRequested(const QDateTime &when); // the failure was told

protected:
    void changeEvent(QEvent *event) override;

private:
    void setDetails(const QString &text);
    void showDetails(bool shown);
    void copy() const;
    void updateIcon();

    QLabel *m_icon;
    PlainLabel *m_what;
    PlainLabel *m_why;
    QHBoxLayout *m_actions;
    QToolButton *m_detailsButton;
    QToolButton *m_copy;
    QToolButton *m_log;
    QDateTime m_when;
    QPlainTextEdit *m_details = nullptr; // when there are some first
};

} // namespace ui
