// KeeperPanel: how a directory is kept up to date: what is going on, and what was done.

#pragma once

#include "synchronize/TreeKeeper.h"
#include "ui/widgets/Panel.h"

class QPlainTextEdit;

namespace ui {

class PlainLabel;

class KeeperPanel final : public Panel
{
    Q_OBJECT

public:
    explicit KeeperPanel(QWidget *parent = nullptr);

    // Borrowed; it is followed until it is deleted. `target` is safe to show within a sentence.
    void follow(synchronize::TreeKeeper &keeper, const QString &target);

private:
    void showState(const synchronize::TreeKeeper &keeper);
    void addLine(const QString &text);

    QString m_target;
    PlainLabel *m_state;
    QPlainTextEdit *m_log;
};

} // namespace ui
