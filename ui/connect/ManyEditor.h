// ManyEditor: the sheet in which several sessions are changed at once. A field shows what they have
// in common, or that they differ; what is not touched stays as it is in each of them.

#pragma once

#include "profiles/Profile.h"
#include "ui/widgets/Sheet.h"

#include <QList>
#include <QVariant>

#include <functional>
#include <optional>
#include <type_traits>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace profiles {
class ProfileStore;
}

namespace ui {

class PlainLabel;
class SessionChanges;

class ManyEditor final : public Sheet
{
    Q_OBJECT

public:
    // `sessions` as they are stored. The others are borrowed.
    ManyEditor(const QList<profiles::Profile> &sessions, const profiles::ProfileStore &store,
               SessionChanges &changes, QWidget *parent = nullptr);

private:
    // A field with the tick that says that it is to be changed.
    struct Row
    {
        QCheckBox *isChanged = nullptr;
        QWidget *field = nullptr;
        std::function<void(profiles::Profile &)> store;
    };

    void addRows(const profiles::ProfileStore &store);
    QLineEdit *addLine(const QString &label, const QString &name, const QString &common,
                       std::function<void(profiles::Profile &, const QString &)> store);
    QCheckBox *addRow(const QString &label, const QString &name, QWidget *field,
                      std::function<void(profiles::Profile &)> store);
    void addPort();
    void addGroup(const profiles::ProfileStore &store);
    void addEnvironment();
    void addColor();
    void addIcon();
    void addSwitch(const QString &label, const QString &name, bool profiles::Profile::*member,
                   QLatin1StringView field);
    // Takes the box, whose data are the values; `store` gets the chosen one. Absent: they differ.
    void addChoice(const QString &label, const QString &name, QComboBox *box,
                   const std::optional<QVariant> &common,
                   std::function<void(profiles::Profile &, const QVariant &)> store);
    QLayout *createButtons();
    QString problem() const; // why what is typed cannot be stored
    void updateSave();
    void submit();

    // The value of all of them; absent if they differ.
    template<typename Get>
    auto common(Get get) const -> std::optional<std::decay_t<decltype(get(profiles::Profile()))>>;

    const QList<profiles::Profile> m_sessions;
    SessionChanges &m_changes;
    QGridLayout *m_grid;
    QList<Row> m_rows;
    PlainLabel *m_problem;
    QPushButton *m_save = nullptr;
};

} // namespace ui
