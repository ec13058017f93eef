// ForwardForm: the fields of one forward. Used by the page of a session and by the sheet of the
// tunnels panel.

#pragma once

#include "profiles/Forward.h"

#include <QString>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace ui {

class PlainLabel;

// What was typed, be it a forward or not.
struct ForwardDraft
{
    profiles::Forward::Kind kind = profiles::Forward::Kind::Local;
    QString listen;
    QString target;

    static ForwardDraft of(const profiles::Forward &forward);

    base::Result<profiles::Forward, profiles::ForwardError> forward() const;
    bool isBlank() const { return listen.isEmpty() && target.isEmpty(); }
};

class ForwardForm final : public QWidget
{
    Q_OBJECT

public:
    // `prefix` leads the object names of the fields.
    explicit ForwardForm(const QString &prefix, QWidget *parent = nullptr);

    void setDraft(const ForwardDraft &draft);
    ForwardDraft draft() const;

signals:
    void edited();

private:
    void updateFields();
    void updateWarning();
    QComboBox *m_kind;
    QLineEdit *m_listen;
    QLineEdit *m_target;
    QLabel *m_listenLabel;
    QLabel *m_targetLabel;
    PlainLabel *m_warning;
};

} // namespace ui
