// FleetForm: where the user says what many servers are to run, and by which rules.

#pragma once

#include "commands/CommandBatch.h"
#include "ssh/PromptQueue.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace ui {

class FleetForm final : public QWidget
{
    Q_OBJECT

public:
    explicit FleetForm(QWidget *parent = nullptr);

    QString command() const;
    void setCommand(const QString &command);
    void remember(); // the command, among those of this window; in memory alone

    // The rules and the command for these hosts.
    commands::BatchOrder order(const QStringList &hosts) const;
    ssh::PromptQueue::Passwords passwords() const;

signals:
    void submitted(); // Enter in the command
    void changed();

private:
    QWidget *createRules();
    QSpinBox *createNumber(const char *name, const QString &accessibleName, int least, int most);
    void updateLimit();

    QComboBox *m_command;
    QSpinBox *m_jobs = nullptr;
    QSpinBox *m_canary = nullptr;
    QSpinBox *m_failures = nullptr;
    QComboBox *m_unit = nullptr;
    QSpinBox *m_time = nullptr;
    QCheckBox *m_sharesPassword = nullptr;
};

} // namespace ui
