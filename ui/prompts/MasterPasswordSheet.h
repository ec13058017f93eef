// MasterPasswordSheet: asks for the master password of the encrypted file of secrets, to open it,
// to choose one or to change it. It stays until that was done, or was canceled.
//
// There is no way back to a forgotten master password, and the sheet says so where one is chosen.

#pragma once

#include "ui/widgets/Sheet.h"
#include "vault/EncryptedFileStore.h"

class QPushButton;
class QVBoxLayout;

namespace ui {

class PlainLabel;
class SecretEdit;

class MasterPasswordSheet final : public Sheet
{
    Q_OBJECT

public:
    enum class Purpose { Unlock, Choose, Change };

    // Borrows the store.
    MasterPasswordSheet(Purpose purpose, vault::EncryptedFileStore &store,
                        QWidget *parent = nullptr);

signals:
    void done(); // the file is open now

private:
    void createFields(QVBoxLayout &layout);
    SecretEdit *addField(QVBoxLayout &layout, const QString &objectName, const QString &name);
    QLayout *createButtons();
    void submit();
    void start(const QFuture<base::Result<void>> &work);
    void setBusy(bool busy);
    void showProblem(const QString &text);

    Purpose m_purpose;
    vault::EncryptedFileStore &m_store;
    SecretEdit *m_old = nullptr; // or the only one, for unlocking
    SecretEdit *m_new = nullptr;
    SecretEdit *m_repeated = nullptr;
    PlainLabel *m_problem;
    QPushButton *m_accept = nullptr;
};

} // namespace ui
